#include <stdio.h>

int main(void)
{
    puts("onrecord");
    return 0;
}
